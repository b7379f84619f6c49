import { writeSnapshotFile } from "../../snapshot/index.ts";
import { expandManifests, parseCommand, SOURCE_OPTIONS, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";
import { isManifestPath, readSource } from "../source.ts";

export const snapshotCommand: Command = {
  name: "snapshot",
  summary: "save everything that was read, for later or elsewhere",
  help: `SOURCE --out FILE

The file holds no Secret data, no values of environment variables and no annotations beyond an allow-list. With the ending .gz it is compressed.
Every command gives the same answers from --snapshot FILE as from the source itself.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(
      expandManifests(args, isManifestPath),
      { ...SOURCE_OPTIONS, out: { type: "string" } },
      "snapshot",
    );
    if (positionals.length > 0) throw usageError(`Unexpected argument ${JSON.stringify(positionals[0])}`, "snapshot");
    if (values.out === undefined) throw usageError("--out FILE is missing", "snapshot");
    const snapshot = await readSource(values, terminal);
    await writeSnapshotFile(snapshot, values.out);
    const objects = Object.values(snapshot.objects).reduce((sum, list) => sum + list.length, 0);
    const gaps = snapshot.coverage.filter(({ state }) => state !== "complete" && state !== "absent").length;
    terminal.error(
      `${objects.toLocaleString("en-US")} objects saved to ${values.out}${gaps > 0 ? `; ${gaps} kinds or namespaces could not be read completely` : ""}`,
    );
    return EXIT.good;
  },
};
