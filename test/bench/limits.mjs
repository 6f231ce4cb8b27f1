// What a folder of gzip files costs at least: node limits.mjs gunzip|parse FOLDER.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [what, folder] = process.argv.slice(2);
let records = 0;
for (const name of readdirSync(folder)) {
  const raw = gunzipSync(readFileSync(join(folder, name)), { chunkSize: 2 ** 20 });
  if (what === 'parse') records += JSON.parse(raw.toString()).Records.length;
}
console.log(records);
