#!/usr/bin/env bash
# Put a JDK for 64-bit ARM and an emulator that runs it into a folder: jdk.sh FOLDER, then FOLDER/jdk/bin/java.
# Both are Debian's packages, downloaded by an apt-get that keeps its state in the folder: nothing on this system is changed.
set -euo pipefail
folder=$(realpath -m "${1:?usage: jdk.sh FOLDER}")
java=$folder/jdk/bin/java
host=$(dpkg --print-architecture 2>/dev/null) || { echo "make arm needs a system with Debian's dpkg and apt-get." >&2; exit 1; }
trap 'echo "make arm could not get an ARM JDK: it needs Debian'\''s packages qemu-user-static, openjdk-17-jre-headless:arm64 and the libraries of the latter." >&2' ERR

if [ ! -x "$java" ]; then
  apt=$folder/apt
  rm -rf "$folder"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$folder/root" "$folder/debs"
  : > "$apt/status"
  cat > "$apt/conf" <<EOF
APT::Architecture "$host";
APT::Architectures { "$host"; "arm64"; };
APT::Sandbox::User "root";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
EOF
  export APT_CONFIG=$apt/conf
  apt-get -qq --error-on=any update
  (cd "$folder/debs" && apt-get -qq download "qemu-user-static:$host" {openjdk-17-jre-headless,libc6,libgcc-s1,libstdc++6,zlib1g}:arm64)
  for deb in "$folder"/debs/*_arm64.deb; do dpkg-deb -x "$deb" "$folder/root"; done
  dpkg-deb --fsys-tarfile "$folder"/debs/qemu-user-static_*.deb | tar -x -C "$folder/root" ./usr/bin/qemu-aarch64-static
  rm -r "$folder/debs" "$apt"
  home=$folder/root/usr/lib/jvm/java-17-openjdk-arm64
  mkdir -p "$folder/jdk/bin"
  cp "$home/release" "$folder/jdk/"
  printf '#!/bin/sh\nexec "%s" -L "%s" "%s" "$@"\n' "$folder/root/usr/bin/qemu-aarch64-static" "$folder/root" "$home/bin/java" > "$java.new"
  chmod +x "$java.new"
  mv "$java.new" "$java"
fi
"$java" -version 2>&1
