import type { GrantView } from "#lib/contracts/access.ts";
import type { AttackPathView, CutView, PathPlace, PathStep } from "#lib/contracts/paths.ts";
import { qualifiedName } from "#lib/model/object-ref.ts";
import type { ProofHop } from "../proof-chain.tsx";
import { objectHref, objectKey } from "../object-key.ts";

/** More hops than this in one row cannot be read. */
const MOST_HOPS = 7;

/** "Runs code in pods of ci", "Takes over the cluster"; a subject is named alone. */
export function placeText({ type, label, title }: PathPlace): string {
  return type === "subject" || type === "group" ? title : `${label} ${title}`;
}

/** Where a path leads, place by place, and the rights it takes: its one-line form. */
export function routeOf({ steps }: AttackPathView): readonly { readonly place: string; readonly by: string | null }[] {
  return steps.map(({ to, name, needs }) => ({ place: placeText(to), by: needs.length > 0 ? name : null }));
}

/** "3 steps, 5 more ways like it". */
export function extentText({ steps, alike, manyAlike }: AttackPathView): string {
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`;
  if (alike === 0) return count;
  const ways = `${alike.toLocaleString("en")}${manyAlike ? " or more" : ""} ${alike === 1 && !manyAlike ? "way" : "ways"}`;
  return `${count} · ${ways} alike`;
}

/** The steps that do not work now; none on a path that does. */
export function inactiveSteps({ steps }: AttackPathView): readonly PathStep[] {
  return steps.filter(({ state }) => state !== "active");
}

/** Whether a change of the cut takes this grant away. */
export function isCutGrant({ binding, role, ruleIndex }: GrantView, cut: CutView | null): boolean {
  return (cut?.changes ?? []).some((change) => {
    if (!change.object) return false;
    if (change.type === "binding") return objectKey(change.object) === objectKey(binding);
    return objectKey(change.object) === objectKey(role) && change.ruleIndex === ruleIndex;
  });
}

/** The proof chain of a path: subject, binding, what it may or where it leads, target. Null where it would not fit. */
export function pathHops(clusterId: string, path: AttackPathView, cut: CutView | null): readonly ProofHop[] | null {
  const works = inactiveSteps(path).length === 0;
  const hops: ProofHop[] = [placeHop(clusterId, path.from)];
  path.steps.forEach((step, index) => {
    const last = index === path.steps.length - 1;
    const grant = step.needs.flatMap((need) => need.grant ?? [])[0];
    if (grant) hops.push(grantHop(clusterId, grant, isCutGrant(grant, cut)));
    const [first, ...others] = step.needs.map(({ request }) => request);
    if (last && first !== undefined)
      hops.push({
        label: "May",
        title: first,
        tone: "plain",
        ...(others.length === 0 ? {} : { detail: `and ${others.join(", ")}` }),
      });
    hops.push({
      ...placeHop(clusterId, step.to),
      ...(last && works ? { tone: "target" as const } : {}),
      ...(step.state === "active" ? {} : { inactive: step.state }),
    });
  });
  return hops.length > MOST_HOPS ? null : hops;
}

function placeHop(clusterId: string, { label, title, subject }: PathPlace): ProofHop {
  return { label, title, tone: "plain", ...(subject === undefined ? {} : { href: subjectIdHref(clusterId, subject) }) };
}

function grantHop(clusterId: string, { binding, role }: GrantView, cut: boolean): ProofHop {
  return {
    label: binding.kind,
    title: qualifiedName(binding),
    detail: `${role.kind} ${role.name}`,
    tone: cut ? "cut" : "plain",
    href: objectHref(clusterId, binding),
  };
}

/** The page of a subject in the form of `formatSubject`. */
export function subjectIdHref(clusterId: string, subject: string): string {
  return `/clusters/${clusterId}/access/${encodeURIComponent(subject)}`;
}

/** "one change", "3 changes together". */
export function cutNote({ changes, smallest }: CutView): string {
  const count = changes.length === 1 ? "one change" : `${changes.length} changes together`;
  if (changes.length === 1) return count;
  return smallest ? `${count}, the fewest that do` : `${count}; whether fewer would do was not proven`;
}

/** Completes "a way that …": "takes over the cluster", "acts as ci/deployer". */
export function goalText({ type, label, title }: PathPlace): string {
  if (type === "subject" || type === "group") return `acts as ${title}`;
  return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${title}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
