import { liveCheckRole, READER_ACCOUNT, readerClusterRole } from "../../collector/index.ts";
import { TOPICS, type Topic } from "../../model/topics.ts";
import { parseCommand, usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";

export const rbacManifest: Command = {
  name: "rbac-manifest",
  summary: "print the least rights Kordon needs in a cluster, as YAML",
  help: `[TOPIC]... [--with-live-check]

Topics: ${TOPICS.join(", ")}. Without any, all of them. Pipe it into kubectl apply -f -.
--with-live-check adds the one right that a check on the live cluster needs: create subjectaccessreviews. No scan uses it.`,
  async run(args, terminal) {
    const { values, positionals } = parseCommand(args, { "with-live-check": { type: "boolean" } }, "rbac-manifest");
    const topics = positionals.map((arg): Topic => {
      const found = TOPICS.find((topic) => topic === arg);
      if (!found) throw usageError(`No topic ${JSON.stringify(arg)}`, "rbac-manifest");
      return found;
    });
    const reader = readerClusterRole(topics.length > 0 ? topics : TOPICS);
    const liveCheck = values["with-live-check"] === true ? `---\n${liveCheckRole(READER_ACCOUNT)}` : "";
    await terminal.write(reader + liveCheck);
    return EXIT.good;
  },
};
