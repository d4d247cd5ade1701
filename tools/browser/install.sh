#!/usr/bin/env bash
# Installs the tools that look at reports in a browser: Debian's Chromium, and two npm packages into target/browser.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -x /usr/bin/chromium ] || { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; }
command -v node >/dev/null || { apt-get -qq update && apt-get -qq install -y --no-install-recommends nodejs npm; }
mkdir -p target/browser
cp tools/browser/package.json target/browser/package.json
npm install --prefix target/browser --no-audit --no-fund --no-package-lock --prefer-offline --silent
