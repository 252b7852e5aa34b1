// Builds what other searches would load for the same passages: node others.mjs PASSAGES.json FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import lunr from "lunr";
import MiniSearch from "minisearch";
import * as pagefind from "pagefind";

const [, , source, folder] = process.argv;
const documents = JSON.parse(readFileSync(source, "utf-8")).map(([link, text], id) => ({ id, link, text }));
mkdirSync(folder, { recursive: true });

const mini = new MiniSearch({ fields: ["text"], storeFields: ["link", "text"] });
mini.addAll(documents);
writeFileSync(`${folder}/minisearch.json`, JSON.stringify(mini));

const index = lunr(function () {
  this.ref("id");
  this.field("text");
  for (const document of documents) this.add(document);
});
writeFileSync(`${folder}/lunr.json`, JSON.stringify({ index, documents }));

const { index: pages } = await pagefind.createIndex();
for (const { link, text } of documents) {
  await pages.addCustomRecord({ url: link, content: text, language: "en" });
}
await pages.writeFiles({ outputPath: `${folder}/pagefind` });
await pagefind.close();
