import type { SpecObject } from "#lib/model/cluster-objects.ts";
import type { CollectionName } from "#lib/model/kinds.ts";
import type { Labels } from "#lib/model/labels.ts";
import type { ClusterObject, Json, ObjectMetadata, OwnerReference } from "#lib/model/metadata.ts";
import type { ServiceAccount } from "#lib/model/rbac.ts";
import type { SnapshotObjects } from "#lib/model/snapshot.ts";
import type { Calendar } from "./calendar.ts";
import { compareObjects } from "#lib/model/compare-objects.ts";
import { COLLECTIONS, KIND_DEFINITIONS } from "#lib/model/kinds.ts";
import { uidOf } from "./random.ts";

/** What the builders of objects need to say; everything else of the metadata follows. */
export interface ObjectFacts {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Long ago when absent. */
  readonly createdAt?: string;
  readonly owners?: readonly OwnerReference[];
}

const NONE: readonly never[] = [];

/** A cluster under construction. Builders add objects in any order; `objects` gives them sorted. */
export class ClusterDraft {
  readonly calendar: Calendar;
  /** Kubernetes version, e.g. `v1.37.2`. */
  readonly version: string;
  readonly #name: string;
  readonly #objects = new Map<CollectionName, ClusterObject[]>(COLLECTIONS.map((name) => [name, []]));
  readonly #accounts = new Map<string, ServiceAccount>();
  readonly #shared = new Map<string, unknown>();

  constructor(name: string, version: string, calendar: Calendar) {
    this.#name = name;
    this.version = version;
    this.calendar = calendar;
  }

  add<N extends CollectionName>(collection: N, object: SnapshotObjects[N][number]): void {
    this.#objects.get(collection)?.push(object);
  }

  count(collection: CollectionName): number {
    return this.#objects.get(collection)?.length ?? 0;
  }

  addAccount(account: ServiceAccount): void {
    this.#accounts.set(`${account.metadata.namespace ?? ""}/${account.metadata.name}`, account);
    this.add("serviceAccounts", account);
  }

  findAccount(namespace: string, name: string): ServiceAccount | null {
    return this.#accounts.get(`${namespace}/${name}`) ?? null;
  }

  /** Adds an object of a kind whose specification stays JSON. The kind must be in the registry. */
  addSpec(group: string, kind: string, facts: ObjectFacts, spec: Json, status?: Json): SpecObject {
    const definition = KIND_DEFINITIONS.find((candidate) => candidate.group === group && candidate.kind === kind);
    const [version] = definition?.versions ?? [];
    if (!definition || version === undefined) throw new Error(`the registry does not know ${group}/${kind}`);
    const metadata = this.metadata(kind, facts);
    const object = { metadata, group, kind, version, spec, ...(status === undefined ? {} : { status }) };
    this.#objects.get(definition.collection)?.push(object);
    return object;
  }

  metadata(kind: string, facts: ObjectFacts): ObjectMetadata {
    const { name, namespace, labels = NONE, annotations = NONE, owners = NONE } = facts;
    const key = `${this.#name}/${kind}/${namespace ?? ""}/${name}`;
    return {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: uidOf(key),
      labels,
      annotations,
      createdAt: facts.createdAt ?? this.calendar.longAgo(key),
      ownerReferences: owners,
    };
  }

  /** One value in memory for equal keys. */
  share<T>(key: string, make: () => T): T {
    const known = this.#shared.get(key);
    if (known !== undefined) return known as T; // a key always stands for one type: callers prefix it
    const made = make();
    this.#shared.set(key, made);
    return made;
  }

  objects(): SnapshotObjects {
    const sorted = COLLECTIONS.map((name) => [name, (this.#objects.get(name) ?? []).toSorted(compareObjects)] as const);
    // `add` and `addSpec` put objects of the right type into each collection; fromEntries cannot express that.
    return Object.fromEntries(sorted) as unknown as SnapshotObjects;
  }
}

/** The reference that a controller leaves on what it made. */
export function ownerOf(apiVersion: string, kind: string, metadata: ObjectMetadata): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? "", controller: true };
}
