import { readerClusterRole } from "../../collector/index.ts";
import { TOPICS, type Topic } from "../../model/topics.ts";
import { usageError } from "../arguments.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-status.ts";

export const rbacManifest: Command = {
  name: "rbac-manifest",
  summary: "print the least rights Kordon needs in a cluster, as YAML",
  help: `[TOPIC]...

Topics: ${TOPICS.join(", ")}. Without any, all of them. Pipe it into kubectl apply -f -.`,
  async run(args, terminal) {
    const topics = args.map((arg): Topic => {
      const found = TOPICS.find((topic) => topic === arg);
      if (!found) throw usageError(`No topic ${JSON.stringify(arg)}`, "rbac-manifest");
      return found;
    });
    await terminal.write(readerClusterRole(topics.length > 0 ? topics : TOPICS));
    return EXIT.good;
  },
};
