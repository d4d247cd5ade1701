// Opens pages in headless Chromium, at the width of a phone and of a desk, light and dark, and prints what is wrong with them:
//   node check.mjs MODULES PICTURES PAGE…
// MODULES is the folder node_modules with playwright-core and axe-core, PICTURES receives a screenshot of each.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {basename, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [modules, pictures, ...pages] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "index.js"));
const {chromium} = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const problems = [];
let controls = 0;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Press Tab until the focus is back at the document; every control must have had it.
async function unreached(page) {
  const query = "a[href], button, input, summary, [tabindex='0']";
  const visible = await page.evaluate(all => [...document.querySelectorAll(all)].filter(element => element.checkVisibility()).length, query);
  await page.evaluate(() => {
    window.reached = new Set();
    document.addEventListener("focusin", event => window.reached.add(event.target));
  });
  for (let i = 0; i <= visible; i++) await page.keyboard.press("Tab");
  controls += visible;
  return page.evaluate(all => [...document.querySelectorAll(all)]
    .filter(element => element.checkVisibility() && !window.reached.has(element))
    .map(element => element.outerHTML.slice(0, 120)), query);
}

// Moving along the axis by keyboard changes the values of a chart.
async function unmoved(page) {
  const slider = page.locator("input.at").first();
  if (await slider.count() === 0) return [];
  await slider.focus();
  await page.keyboard.press("Home");
  const first = await page.locator("figcaption output").first().textContent();
  const exact = await page.locator(".line[data-x]").first().getAttribute("data-y");
  const expected = Number(exact.split(" ")[0]);
  return Math.abs(Number(first) - expected) <= 1e-3 * Math.abs(expected) ? [] : [`the first value is shown as ${first}, not ${expected}`];
}

for (const file of pages) {
  for (const width of [390, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${basename(file, ".html")}-${width}-${colorScheme}`;
      const context = await browser.newContext({viewport: {width, height: 900}, colorScheme});
      const page = await context.newPage();
      page.on("console", message => problems.push(`${name}: console: ${message.text()}`));
      page.on("pageerror", error => problems.push(`${name}: error: ${error.message}`));
      page.on("dialog", dialog => problems.push(`${name}: dialog: ${dialog.message()}`));
      page.on("request", request => {
        const url = request.url();
        if (!url.startsWith("data:") && url !== pathToFileURL(resolve(file)).href) problems.push(`${name}: request: ${url}`);
      });
      await page.goto(pathToFileURL(resolve(file)).href);
      await page.screenshot({path: join(pictures, name + ".png"), fullPage: true});
      const size = await page.evaluate(() => document.documentElement.scrollWidth);
      if (size > width) problems.push(`${name}: ${size} pixels wide`);
      if (colorScheme === "light") {
        (await unreached(page)).forEach(control => problems.push(`${name}: not reached by keyboard: ${control}`));
        (await unmoved(page)).forEach(problem => problems.push(`${name}: ${problem}`));
      }
      await page.evaluate(() => document.querySelectorAll("details").forEach(details => { details.open = true; }));
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run());
      found.violations.forEach(violation => violation.nodes.slice(0, 3).forEach(node =>
        problems.push(`${name}: ${violation.id}: ${node.failureSummary.replace(/\s+/g, " ")} ${node.html.slice(0, 160)}`)));
      if (width === 1280 && colorScheme === "light") await page.pdf({path: join(pictures, name + ".pdf"), format: "A4"});
      await context.close();
    }
  }
}
await browser.close();
problems.forEach(problem => console.log(problem));
console.log(`${pages.length} pages, ${controls} controls, ${problems.length} problems`);
