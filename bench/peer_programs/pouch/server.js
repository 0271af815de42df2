// A CouchDB-protocol server: express-pouchdb over PouchDB's LevelDB store. node server.js PORT FOLDER
"use strict";
const path = require("path");
const express = require("express");
const expressPouchDB = require("express-pouchdb");
const PouchDB = require("pouchdb-node");

const [port, folder] = process.argv.slice(2);
const Stored = PouchDB.defaults({ prefix: folder + path.sep });
const app = express();
app.use(
  "/",
  expressPouchDB(Stored, {
    mode: "minimumForPouchDB",
    logPath: path.join(folder, "log.txt"),
    configPath: path.join(folder, "config.json"),
  }),
);
app.listen(Number(port), "127.0.0.1");
