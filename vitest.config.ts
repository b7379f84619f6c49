import { defineConfig } from "vitest/config";

const ROOT = new URL("./", import.meta.url).pathname;

/** `unit` runs anywhere in seconds; `kube` needs the binaries of a control plane (see e2e/kube/assets.ts) and runs one file at a time. */
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        root: ROOT,
        test: {
          name: "unit",
          include: ["{lib,components,app,scripts}/**/*.test.{ts,tsx}", "e2e/kube/manifests.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        root: ROOT,
        test: {
          name: "kube",
          include: ["e2e/kube/**/*.test.ts"],
          exclude: ["e2e/kube/manifests.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
