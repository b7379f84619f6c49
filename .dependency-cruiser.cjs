// Imports point one way (docs/architecture.md). `scripts/check-import-rules.mjs` runs this and plants violations of it.
const TEST = "[.]test[.]tsx?$";
const forbid = (name, from, to) => ({ name, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid(
      "engines-are-pure",
      { path: "^lib/(model|engines)/", pathNot: TEST },
      { pathNot: "^lib/(model|engines|data)/|(^|/)node_modules/(graphology[^/]*|ipaddr[.]js)/" },
    ),
    // Read in the browser and on the command line.
    forbid("audit-log-is-pure", { path: "^lib/audit-log/", pathNot: TEST }, { pathNot: "^lib/(model|audit-log)/" }),
    forbid("model-imports-nothing", { path: "^lib/model/", pathNot: TEST }, { pathNot: "^lib/model/" }),
    forbid(
      "browser-never-reaches-server",
      { path: "^(components|lib/client|lib/contracts)/", pathNot: TEST },
      { path: "^lib/(server|store|collector|snapshot|worker|cli|auth|share)/" },
    ),
    forbid(
      "engines-are-private-inside",
      { pathNot: "^lib/engines/|^lib/testing/|^bench/" },
      { path: "^lib/engines/[^/]+/.+", pathNot: "^lib/engines/[^/]+/index[.]ts$" },
    ),
    forbid(
      "only-collector-knows-the-client",
      { pathNot: "^lib/collector/" },
      { path: "(^|/)node_modules/@kubernetes/client-node/" },
    ),
    forbid(
      "only-store-knows-sql",
      { pathNot: "^lib/store/" },
      { path: "^(node:)?sqlite$|(^|/)node_modules/(pg|pg-boss|kysely)/" },
    ),
    forbid(
      "features-compose-in-app",
      { path: "^components/features/([^/]+)/" },
      { path: "^components/features/", pathNot: "^components/features/$1/" },
    ),
    forbid("primitives-know-no-feature", { path: "^components/ui/" }, { path: "^components/(features|layout)/|^app/" }),
    forbid("nothing-imports-app", { pathNot: "^app/" }, { path: "^app/" }),
    forbid(
      "test-helpers-stay-in-tests",
      { pathNot: `${TEST}|^lib/testing/|^e2e/|^bench/` },
      { path: "^(lib/testing|e2e)/" },
    ),
    forbid("no-cycles", {}, { circular: true }),
    forbid("everything-resolves", {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Types count: a cycle through types is a cycle of ideas.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
