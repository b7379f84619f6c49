import { benchAuditLog } from "./audit-log.ts";
import { benchPages, benchPaths } from "./paths.ts";
import { benchRbac } from "./rbac.ts";
import { benchWhatIf } from "./what-if.ts";

/** `npm run bench [NAME]...`: every benchmark, or those named. Figures are ratios to a floor or peer measured in the same run. */
const BENCHMARKS = new Map([
  ["rbac", benchRbac],
  ["paths", benchPaths],
  ["pages", benchPages],
  ["what-if", benchWhatIf],
  ["audit-log", benchAuditLog],
]);

const names = process.argv.slice(2);
const unknown = names.find((name) => !BENCHMARKS.has(name));
if (unknown !== undefined) {
  console.error(`No benchmark ${unknown}: there are ${[...BENCHMARKS.keys()].join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : BENCHMARKS.keys()) BENCHMARKS.get(name)?.();
}
