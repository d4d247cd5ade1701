// Takes the two pictures of README.md, of a report and of the terminal output of the same run:
//   node pictures.mjs MODULES FOLDER REPORT OUTPUT
// MODULES is the folder node_modules with playwright-core, FOLDER receives report.png and terminal.png.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [modules, folder, report, output] = process.argv.slice(2);
const {chromium} = createRequire(join(resolve(modules), "index.js"))("playwright-core");
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});

const page = await browser.newPage({viewport: {width: 1100, height: 950}, colorScheme: "light"});
await page.goto(pathToFileURL(resolve(report)).href);
await page.screenshot({path: join(folder, "report.png")});

const terminal = await browser.newPage({viewport: {width: 900, height: 100}});
await terminal.setContent(`<style>body{margin:0}pre{margin:0;padding:16px 20px;background:#14171b;color:#e4e7eb;
font:14px/1.45 "DejaVu Sans Mono",monospace;white-space:pre;width:max-content}</style><pre></pre>`);
await terminal.locator("pre").evaluate((element, text) => { element.textContent = text; }, readFileSync(output, "utf8").trimEnd());
await terminal.locator("pre").screenshot({path: join(folder, "terminal.png")});
await browser.close();
