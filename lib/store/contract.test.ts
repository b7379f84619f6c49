import type { Store } from "./store.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "./index.ts";
import { describeStoreContract } from "./testing/contract.ts";

describeStoreContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kordon-store-"));
  const path = join(folder, "data", "kordon.db");
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore({ path });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    openAgain: open,
    async dispose() {
      for (const store of opened) await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
