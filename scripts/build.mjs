// `npm run build`: builds the web part unless the last build was made of the same files.
import { SetupError, passSignals } from "./support/run.mjs";
import { ensureBuild, ensureDependencies } from "./support/setup.mjs";

passSignals();
try {
  await ensureDependencies();
  await ensureBuild();
  process.stdout.write("The build is up to date.\n");
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
