// Reads every gallery page as an accessibility checker does, as a phone and as a desk shows it,
// and looks for what scrolls sideways. One finding is a failure.
import { chromium } from "playwright-core";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const gallery = fileURLToPath(new URL("../../target/gallery/", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const only = process.argv.slice(2);
const names = readdirSync(gallery)
  .filter((name) => name.endsWith(".html"))
  .filter((name) => only.length === 0 || only.includes(name.slice(0, -5)));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let findings = 0;
const say = (line) => {
  findings += 1;
  console.log(line);
};
for (const width of [320, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  for (const name of names) {
    await page.goto(`file://${gallery}${name}`);
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate(
      (values) => globalThis.axe.run({ runOnly: { type: "tag", values } }),
      tags,
    );
    for (const one of violations)
      for (const node of one.nodes)
        say(`${name} at ${width}: ${one.id}: ${one.help}: ${node.html.slice(0, 160)}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) say(`${name} at ${width}: scrolls ${over} px sideways`);
  }
  await context.close();
}
await browser.close();
console.log(`${names.length} pages, ${findings} findings`);
process.exitCode = findings > 0 || names.length === 0 ? 1 : 0;
