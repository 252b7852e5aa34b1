// Opens a brochure in a Firefox and tells what happened as JSON: node firefox.mjs FIREFOX PROFILE URL
// WebDriver BiDi through puppeteer, because Playwright drives only a Firefox of its own making.
import puppeteer from "puppeteer-core";

const [executablePath, userDataDir, url] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  userDataDir,
  headless: true,
  extraPrefsFirefox: { "media.autoplay.default": 0, "security.fileuri.strict_origin_policy": true },
});

try {
  const page = await browser.newPage();
  const errors = [];
  const asked = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  await page.evaluateOnNewDocument(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url, { waitUntil: "load" });

  const film = "#video-explainer";
  await page.waitForFunction((selector) =>
    [...document.querySelector(`${selector} video`).textTracks]
      .some((track) => track.mode === "showing" && track.cues?.length), { timeout: 15_000 }, film);
  const captions = () => page.evaluate((selector) => {
    const tracks = [...document.querySelector(`${selector} video`).textTracks];
    return [...tracks.find((track) => track.mode === "showing").cues]
      .map((cue) => cue.text.replaceAll("\n", " "));
  }, film);
  const cues = await captions();

  const decodes = await page.evaluate(() =>
    document.createElement("video").canPlayType('video/mp4; codecs="avc1.64001F, mp4a.40.2"') !== "");
  await page.click(`${film} [data-start='12000']`);
  // A Firefox without the system's decoders keeps the second that it was asked for, and goes no further.
  await page.waitForFunction((selector, least) =>
    document.querySelector(`${selector} video`).currentTime >= least, { timeout: 15_000 }, film, decodes ? 12.2 : 12);
  const second = await page.evaluate((selector) => document.querySelector(`${selector} video`).currentTime, film);

  await page.click(`${film} [data-version=sign]`);
  if (decodes) await page.waitForFunction((selector, least) => {
    const { currentSrc, currentTime, paused } = document.querySelector(`${selector} video`);
    return currentSrc.includes("/explainer.sign.") && currentTime >= least && !paused;
  }, { timeout: 15_000 }, film, second);
  const signedCues = await captions();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const refused = await page.evaluate(() => window.refused);
  console.log(JSON.stringify({ errors, asked, refused, cues, signedCues, decodes, second, wide }));
} finally {
  await browser.close();
}
