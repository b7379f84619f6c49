import { AppError, formatPosition } from "../model/app-error.ts";
import { toVisibleText } from "../model/visible-text.ts";
import { KORDON_VERSION } from "../config/version.ts";
import { usageError } from "./arguments.ts";
import type { Command } from "./command.ts";
import { canI } from "./commands/can-i.ts";
import { diff } from "./commands/diff.ts";
import { leastPrivilegeCommand } from "./commands/least-privilege.ts";
import { paths } from "./commands/paths.ts";
import { web, worker } from "./commands/processes.ts";
import { rbacManifest } from "./commands/rbac-manifest.ts";
import { scan } from "./commands/scan.ts";
import { serve } from "./commands/serve.ts";
import { snapshotCommand } from "./commands/snapshot.ts";
import { whatIfCommand } from "./commands/what-if.ts";
import { whoCanCommand } from "./commands/who-can.ts";
import { EXIT, exitStatusOf } from "./exit-status.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

const COMMANDS: readonly Command[] = [
  serve,
  scan,
  snapshotCommand,
  canI,
  whoCanCommand,
  paths,
  whatIfCommand,
  leastPrivilegeCommand,
  diff,
  rbacManifest,
  web,
  worker,
];

const SOURCES = `SOURCE is one of
  --manifests PATH...                     files or directories of YAML or JSON; "-" reads standard input
    [--manifests-namespace NAMESPACE]     where objects go that name none, as of kubectl apply -n; default
  --snapshot FILE                         what \`kordon snapshot\` saved; "-" reads standard input
  --context NAME [--kubeconfig FILE]      a context of your kubeconfig
  --in-cluster                            the service account of the pod this runs in
  --demo NAME                             hardened, messy or big`;

async function run([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    await terminal.write(help(args[0]));
    return EXIT.good;
  }
  if (name === "version" || name === "--version") {
    await terminal.write(`${KORDON_VERSION}\n`);
    return EXIT.good;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) throw usageError(`No command ${JSON.stringify(name)}`);
  if (args.includes("--help") || args.includes("-h")) {
    await terminal.write(help(name));
    return EXIT.good;
  }
  return command.run(args, terminal);
}

function help(name: string | undefined): string {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command)
    return `kordon ${command.name}: ${command.summary}\n\nkordon ${command.name} ${command.help}\n${command.help.includes("SOURCE") ? `\n${SOURCES}\n` : ""}`;
  const width = Math.max(...COMMANDS.map((candidate) => candidate.name.length));
  return `Kordon ${KORDON_VERSION}: how well your Kubernetes clusters are secured, with proof.\n\n${COMMANDS.map((candidate) => `  kordon ${candidate.name.padEnd(width)}  ${candidate.summary}\n`).join("")}\n${SOURCES}\n\nkordon help COMMAND tells more.\n`;
}

const terminal = processTerminal();
try {
  process.exitCode = await run(process.argv.slice(2), terminal);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  const position = formatPosition(error.position);
  terminal.error(
    toVisibleText(
      `kordon: ${position === "" ? "" : `${position}: `}${error.message}${error.hint === undefined ? "" : ` (${error.hint})`}`.replace(
        /\s*\n\s*/g,
        " ",
      ),
    ),
  );
  process.exitCode = exitStatusOf(error.code);
}
