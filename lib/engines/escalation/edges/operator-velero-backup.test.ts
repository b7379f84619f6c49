import { expect, it } from "vitest";
import { withController } from "#lib/testing/build-controller.ts";
import { aGrantedCluster, heldBy } from "#lib/testing/build-escalations.ts";
import { holdAlone } from "#lib/testing/hold-alone.ts";
import { describeOperator } from "#lib/testing/operator-cases.ts";
import { operatorVeleroBackup } from "./operator-velero-backup.ts";

const group = "velero.io";
const image = "velero/velero:v1.17.0";
const resources = ["backups", "schedules"];
describeOperator(operatorVeleroBackup, {
  group,
  resource: "schedules",
  also: ["backups"],
  image,
  held: "critical cluster",
});

it.each([
  {
    name: "in its own namespace it is as much",
    verbs: ["create"],
    resources: ["backups"],
    in: "controllers",
    held: "critical controllers",
  },
  {
    name: "elsewhere Velero does not look",
    verbs: ["create"],
    resources: ["backups"],
    in: "payments",
    held: "low payments",
  },
  {
    name: "a backup that is over is not run again",
    verbs: ["update"],
    resources: ["backups"],
    in: "controllers",
    held: undefined,
  },
])("$name", ({ verbs, held, ...grant }) => {
  const rules = [{ verbs, apiGroups: [group], resources: grant.resources }];
  const parts = withController(aGrantedCluster({ rules, in: grant.in }), { group, resources, image });
  expect(heldBy(parts).OPERATOR_VELERO_BACKUP).toBe(held);
});

const pods = { type: "pods", namespace: null, names: null };
it.each([
  {
    name: "restoring from a storage of one's own is acting as Velero",
    write: ["restores", "backupstoragelocations"],
    gains: [pods, { type: "identities", namespace: "controllers", names: ["robot"] }],
  },
  { name: "restoring what is there is not", write: ["restores"], gains: [pods] },
])("$name", ({ write, gains }) => {
  const rules = [{ verbs: ["create"], apiGroups: [group], resources: write }];
  const parts = withController(aGrantedCluster({ rules }), { group, resources, image });
  expect(holdAlone(parts, operatorVeleroBackup).map((held) => held.gains)).toEqual([gains]);
});
