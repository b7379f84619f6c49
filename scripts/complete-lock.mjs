// Completes package-lock.json with the native packages of other systems. npm leaves them out when it is run against a mirror
// that has only this system's packages, and then `npm ci` refuses the lock file on every machine. Their versions are exact
// in the packages that want them; integrity is filled in by the next `npm install` against the full registry.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./support/run.mjs";

const LOCK_FILE = join(ROOT, "package-lock.json");
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const LIBRARIES = new Map([
  ["gnu", "glibc"],
  ["gnueabihf", "glibc"],
  ["musl", "musl"],
  ["musleabihf", "musl"],
]);

/** What a native package's name says about where it runs, in the fields npm compares with the machine. */
function describePlatform(name, version) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = os.includes("linux") ? words.flatMap((word) => LIBRARIES.get(word) ?? []) : [];
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name}@${version}: its name says no system`);
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
}

const lock = JSON.parse(readFileSync(LOCK_FILE, "utf8"));
const packages = new Map(Object.entries(lock.packages));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => packages.has(place))) continue;
    if (!/^\d+[.]\d+[.]\d+/.test(version)) throw new Error(`${name}@${version}: no exact version`);
    const dev = entry.dev === true || entry.devOptional === true ? { dev: true } : {};
    packages.set(`node_modules/${name}`, { version, ...dev, optional: true, ...describePlatform(name, version) });
    added++;
  }
}
if (added > 0) {
  const sorted = [...packages].sort(([left], [right]) => left.localeCompare(right, "en"));
  writeFileSync(LOCK_FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
process.stdout.write(`${added} packages of other systems added to package-lock.json\n`);
