// Takes pictures of gallery pages, each as a phone and as a desk shows it:
// node check/shoot.mjs OUT_DIR [page ...]
import { chromium } from "playwright-core";
import { readdirSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const gallery = fileURLToPath(new URL("../../target/gallery/", import.meta.url));
const [out, ...wanted] = process.argv.slice(2);
if (!out) throw new Error("usage: node check/shoot.mjs OUT_DIR [page ...]");
mkdirSync(out, { recursive: true });
const pages = readdirSync(gallery)
  .filter((name) => name.endsWith(".html"))
  .map((name) => name.slice(0, -5))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const width of [375, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  for (const name of pages) {
    await page.goto(`file://${gallery}${name}.html`);
    await page.screenshot({ path: `${out}/${name}-${width}.png`, fullPage: true });
  }
  await context.close();
}
await browser.close();
