// Checks the rules of .dependency-cruiser.cjs, and that they are checked at all: a broken set-up reports an empty graph, not
// an error. So every rule must find a violation planted for it, and the real run must have seen every source file.
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NODE, ROOT, passSignals, run } from "./support/run.mjs";

const CRUISER = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
const CONFIG = join(ROOT, ".dependency-cruiser.cjs");
const FOLDERS = ["app", "components", "lib", "e2e", "bench"].filter((folder) => fs.existsSync(join(ROOT, folder)));

/** For each rule the files that break it. All of them together are one small project. */
const PLANTED = {
  "engines-are-pure": { "lib/engines/impure/index.ts": 'import "node:fs";' },
  "audit-log-is-pure": { "lib/audit-log/impure.ts": 'import "node:fs";' },
  "model-imports-nothing": { "lib/model/curious.ts": 'import "zod";' },
  "browser-never-reaches-server": {
    "components/ui/reaching.tsx": 'import "#lib/server/secret.ts";',
    "lib/server/secret.ts": "",
  },
  "engines-are-private-inside": {
    "lib/cli/deep.ts": 'import "#lib/engines/x/inner.ts";',
    "lib/engines/x/inner.ts": "",
  },
  "only-collector-knows-the-client": { "lib/cli/direct.ts": 'import "@kubernetes/client-node";' },
  "only-store-knows-sql": { "lib/cli/sql.ts": 'import "node:sqlite";' },
  "features-compose-in-app": {
    "components/features/a/a.tsx": 'import "#components/features/b/b.tsx";',
    "components/features/b/b.tsx": "",
  },
  "primitives-know-no-feature": { "components/ui/knowing.tsx": 'import "#components/features/b/b.tsx";' },
  "nothing-imports-app": { "lib/cli/upwards.ts": 'import "../../app/page.tsx";', "app/page.tsx": "" },
  "test-helpers-stay-in-tests": {
    "lib/cli/helped.ts": 'import "#lib/testing/helper.ts";',
    "lib/testing/helper.ts": "",
  },
  "no-cycles": {
    "lib/cli/round.ts": 'import type { B } from "./trip.ts"; export type A = B;',
    "lib/cli/trip.ts": 'import type { A } from "./round.ts"; export type B = A;',
  },
  "everything-resolves": { "lib/cli/lost.ts": 'import "./not-there.ts";' },
};

async function cruise(cwd, folders) {
  const out = join(fs.mkdtempSync(join(tmpdir(), "kordon-cruise-")), "result.json");
  try {
    const args = [CRUISER, "--config", CONFIG, "--output-type", "json", "--output-to", out, ...folders];
    const { output } = await run(NODE, args, { quiet: true, cwd });
    if (!fs.existsSync(out)) throw new Error(`dependency-cruiser gave no answer:\n${output}`);
    const { summary, modules } = JSON.parse(fs.readFileSync(out, "utf8"));
    return { violations: summary.violations, seen: new Set(modules.map((module) => module.source)) };
  } finally {
    fs.rmSync(dirname(out), { recursive: true });
  }
}

/** Plants the files in a project of their own, so that nothing of it can stay behind in ours. */
async function findUnnoticedRules() {
  const configured = createRequire(import.meta.url)(CONFIG).forbidden.map((rule) => rule.name);
  const project = fs.mkdtempSync(join(tmpdir(), "kordon-rules-"));
  try {
    for (const name of ["package.json", "tsconfig.json"]) fs.copyFileSync(join(ROOT, name), join(project, name));
    fs.symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    for (const [file, text] of Object.values(PLANTED).flatMap((files) => Object.entries(files))) {
      fs.mkdirSync(dirname(join(project, file)), { recursive: true });
      fs.writeFileSync(join(project, file), `${text}\nexport {};\n`);
    }
    const { violations } = await cruise(project, ["app", "components", "lib"]);
    const isNoticed = (name) => {
      const planted = Object.keys(PLANTED[name] ?? {});
      return violations.some(({ rule, from }) => rule.name === name && planted.includes(from));
    };
    return [...new Set([...configured, ...Object.keys(PLANTED)])].filter((name) => !isNoticed(name));
  } finally {
    fs.rmSync(project, { recursive: true, force: true });
  }
}

function listSources() {
  const isSource = (name) => /[.]tsx?$/.test(name) && !name.endsWith(".d.ts");
  const list = (folder) => fs.readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return FOLDERS.flatMap((folder) =>
    list(folder)
      .filter(isSource)
      .map((name) => `${folder}/${name}`),
  );
}

passSignals();
const sources = listSources();
const { violations, seen } = await cruise(ROOT, FOLDERS);
for (const { rule, from, to, cycle } of violations) {
  const targets = cycle === undefined ? [to] : cycle.map((step) => step.name);
  process.stderr.write(`${rule.name}: ${[from, ...targets].join(" -> ")}\n`);
}
const unseen = sources.filter((source) => !seen.has(source));
for (const source of unseen) process.stderr.write(`not looked at: ${source}\n`);
const unnoticed = await findUnnoticedRules();
for (const rule of unnoticed) process.stderr.write(`a planted violation was not noticed: ${rule}\n`);
const broken = violations.length + unseen.length + unnoticed.length;
if (broken === 0) {
  process.stdout.write(
    `${sources.length} files keep ${Object.keys(PLANTED).length} import rules; each finds a planted violation.\n`,
  );
}
process.exitCode = broken === 0 ? 0 : 1;
