import { objectHref } from "./object-key.ts";
import { ObjectName } from "./object-name.tsx";

export type ObjectLinkProps = {
  readonly clusterId: string;
  /** A role or a binding. */
  readonly object: { readonly kind: string; readonly namespace?: string | undefined; readonly name: string };
  /** What stands before the name; by default both. */
  readonly show?: readonly ("kind" | "namespace")[];
  /** False where the object is not there. */
  readonly linked?: boolean;
  /** Lets a long name wrap instead of being cut with a tooltip. */
  readonly wrap?: boolean;
};

const WHOLE = ["kind", "namespace"] as const;

/** A role or binding, with a link to its panel. */
export function ObjectLink({ clusterId, object, show = WHOLE, linked = true, wrap = false }: ObjectLinkProps) {
  return (
    <ObjectName
      name={object.name}
      namespace={show.includes("namespace") ? object.namespace : undefined}
      {...(show.includes("kind") ? { kind: object.kind } : {})}
      {...(linked ? { href: objectHref(clusterId, object) } : {})}
      wrap={wrap}
    />
  );
}
