// Plain JavaScript for Node 20: this runs before the dependencies are there.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { join, relative } from "node:path";
import { NODE, ROOT, SetupError, run, wasInterrupted } from "./run.mjs";

const OLDEST_NODE = 20;
const DEPENDENCIES_STAMP = join(ROOT, "node_modules/.kordon-stamp");
const BUILD_STAMP = join(ROOT, ".next/kordon-stamp");
/** What `next build` reads. */
const BUILD_INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "next.config.js",
  "postcss.config.mjs",
  "package-lock.json",
];
const TOO_LITTLE_DISK_BYTES = 2 * 1024 ** 3;

const say = (line) => process.stdout.write(`${line}\n`);

/** Installs what package-lock.json names unless that has been done, and checks that the checkout's own Node runs. */
export async function ensureDependencies() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE) {
    throw new SetupError(`Kordon needs Node.js ${OLDEST_NODE} or later to start; this is ${process.version}.`);
  }
  const wanted = hashFiles(["package-lock.json"]);
  if (!areDependenciesFresh(wanted)) {
    say("Installing dependencies (about a minute) ...");
    await runNpmCi();
    fs.writeFileSync(DEPENDENCIES_STAMP, wanted);
  }
  await checkOwnNode();
}

function areDependenciesFresh(wanted) {
  const stamp = readText(DEPENDENCIES_STAMP);
  if (stamp !== null) return stamp === wanted;
  // Somebody ran npm ci by hand: npm leaves a lock file of its own, newer than ours.
  const installed = modifiedAt(join(ROOT, "node_modules/.package-lock.json"));
  const fresh = installed !== null && installed >= (modifiedAt(join(ROOT, "package-lock.json")) ?? 0);
  if (fresh) fs.writeFileSync(DEPENDENCIES_STAMP, wanted);
  return fresh;
}

async function runNpmCi() {
  try {
    // npm removes node_modules first, and with it the Node that may be running this: npm gets the system's.
    const { code } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { systemPath: true });
    if (code !== 0) throw new SetupError(explain("npm ci", code));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new SetupError("npm was not found. Install Node.js 20 or later together with npm.");
  }
}

async function checkOwnNode() {
  try {
    const { code } = await run(NODE, ["--version"], { quiet: true });
    if (code === 0) return;
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EACCES") throw error;
  }
  throw new SetupError(
    "The Node.js that belongs to this checkout does not run. It is installed by an install script: run `npm ci` " +
      "without --ignore-scripts, on a system for which Node.js 24 exists.",
  );
}

/** Builds the web part unless the last build was made of the same files. */
export async function ensureBuild() {
  const wanted = hashFiles(BUILD_INPUTS);
  if (readText(BUILD_STAMP) === wanted && fs.existsSync(join(ROOT, ".next/BUILD_ID"))) return;
  say("Building the web pages (about half a minute) ...");
  fs.rmSync(BUILD_STAMP, { force: true });
  const { code, output } = await run(NODE, ["node_modules/next/dist/bin/next", "build"], { quiet: true });
  if (code !== 0) {
    process.stderr.write(output);
    throw new SetupError(explain("next build", code));
  }
  fs.writeFileSync(BUILD_STAMP, wanted);
}

/** What failed, and the usual reason when it is visible from here. */
function explain(what, code) {
  if (wasInterrupted()) return `${what} was interrupted.`;
  const { bavail, bsize } = fs.statfsSync(ROOT);
  const freeBytes = bavail * bsize;
  const hint =
    freeBytes < TOO_LITTLE_DISK_BYTES
      ? ` Only ${Math.round(freeBytes / 1024 ** 2)} MB of disk are free; it needs about 2 GB.`
      : isWritable(ROOT)
        ? ""
        : " This folder cannot be written by the current user.";
  return `${what} failed with status ${code}; its own words are above.${hint}`;
}

/** One hash over names and contents. Tests are not built. */
function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => listFiles(join(ROOT, path))).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const content = fs.readFileSync(file);
    hash.update(`${relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function listFiles(path) {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isDirectory() ? fs.readdirSync(path).flatMap((name) => listFiles(join(path, name))) : [path];
}

function readText(path) {
  return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : null;
}

function modifiedAt(path) {
  return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function isWritable(path) {
  try {
    fs.accessSync(path, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
