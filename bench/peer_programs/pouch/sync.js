// One work of a PC that syncs by PouchDB: node sync.js WORK ORIGIN BOOK FILE FOLDER, one JSON object printed.
//
// push: FILE's records (one JSON object a line) from a local LevelDB store to the server. fill: the same, straight to
// the server, untimed. pull: everything into a fresh local store. idle: nothing new, asked of the changes feed.
// changes: 100 records changed since the last replication, twelve times.
"use strict";
const fs = require("fs");
const http = require("http");
const path = require("path");
const PouchDB = require("pouchdb-node");

const [work, origin, book, file, folder] = process.argv.slice(2);
const Local = PouchDB.defaults({ prefix: folder + path.sep });
const remote = new PouchDB(`${origin}/${book}`);
const REPLICATION = { batch_size: 100, batches_limit: 10 };
const ROUNDS = 12;
const CHANGED = 100;
const IDLE_ROUNDS = 100;

const now = () => Number(process.hrtime.bigint()) / 1e6;
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const fresh = () => new Local(`${book}-${process.pid}`);

function records() {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const { id, ...fields } = JSON.parse(line);
    return { _id: id, ...fields };
  });
}

async function load(db) {
  const all = records();
  for (let start = 0; start < all.length; start += 1000) {
    await db.bulkDocs(all.slice(start, start + 1000));
  }
  return all;
}

async function timed(replication) {
  const began = now();
  const done = await replication();
  return { records: done.docs_written, seconds: (now() - began) / 1000 };
}

function ask(url, agent) {
  return new Promise((resolve, reject) => {
    http.get(url, { agent }, (answer) => answer.resume().on("end", resolve)).on("error", reject);
  });
}

const works = {
  async push() {
    const local = fresh();
    await load(local);
    await remote.info();
    return timed(() => local.replicate.to(remote, REPLICATION));
  },

  async fill() {
    return { records: (await load(remote)).length };
  },

  async pull() {
    return timed(() => fresh().replicate.from(remote, REPLICATION));
  },

  async idle() {
    const { update_seq: place } = await remote.info();
    const agent = new http.Agent({ keepAlive: true });
    const spent = [];
    for (let n = 0; n < IDLE_ROUNDS; n += 1) {
      const began = now();
      await ask(`${origin}/${book}/_changes?since=${place}&limit=100&style=all_docs`, agent);
      spent.push(now() - began);
    }
    agent.destroy();
    return { p50_ms: median(spent), rounds: IDLE_ROUNDS };
  },

  async changes() {
    const local = fresh();
    await local.replicate.from(remote, REPLICATION);
    const all = records();
    const spent = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const some = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / CHANGED)) === n % 2).slice(0, CHANGED);
      const found = await remote.allDocs({ keys: some.map((one) => one._id), include_docs: true });
      await remote.bulkDocs(found.rows.map(({ doc }) => ({ ...doc, remark: `${doc.remark} ${n}` })));
      const began = now();
      const done = await local.replicate.from(remote, REPLICATION);
      spent.push(now() - began);
      if (done.docs_written !== some.length) throw new Error(`${done.docs_written} of ${some.length} came`);
    }
    return { p50_ms: median(spent), rounds: ROUNDS };
  },
};

works[work]()
  .then((found) => {
    console.log(JSON.stringify(found));
    process.exit(0);
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
