// `npm start`: installs and builds what is missing or old, then runs Kordon in the foreground. Arguments go to `kordon serve`.
import { NODE, SetupError, passSignals, run, wasInterrupted } from "./support/run.mjs";
import { ensureBuild, ensureDependencies } from "./support/setup.mjs";

passSignals();
try {
  await ensureDependencies();
  await ensureBuild();
  const { code } = await run(NODE, ["lib/cli/main.ts", "serve", ...process.argv.slice(2)]);
  process.exitCode = wasInterrupted() ? 0 : code;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = wasInterrupted() ? 130 : 1;
}
