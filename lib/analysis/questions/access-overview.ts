import { bindingsQuerySchema, rolesQuerySchema } from "../../contracts/access.ts";
import type { AccessOverview, DangerousBinding, LooseEnd, RoleOrigin } from "../../contracts/access-overview.ts";
import type { GapView } from "../../contracts/common.ts";
import { formatObject } from "../../model/object-ref.ts";
import { severityRank, worstSeverity, type Severity } from "../../model/severity.ts";
import { compareSubjects, compareText } from "../../model/subject-name.ts";
import type { AccessAnalysis } from "../analyze-access.ts";
import { dangerousBindings, type BindingImpact, type DangerousBindings } from "../overview/dangerous-bindings.ts";
import { massGrants } from "../overview/mass-grants.ts";
import { KUBERNETES, makerOf, YOURS } from "../overview/role-maker.ts";
import { roleSeverities } from "../role-severity.ts";
import { compareByRisk, subjectRow } from "../subject-rows.ts";
import { countOf, formatCount } from "../words.ts";
import { listBindings, listRoles } from "./roles-and-bindings.ts";

const SHOWN_BINDINGS = 10;
const SHOWN_LOSING = 50;
const SHOWN_GRANTS = 50;
const SHOWN_ACCOUNTS = 50;
const SHOWN_EXAMPLES = 3;

const OVERVIEWS = new WeakMap<AccessAnalysis, AccessOverview>();

/**
 * What to change first: the bindings that most subjects need on their way to cluster-admin, grants to everybody, rights of `default` accounts,
 * what refers to nothing, and whose roles these are. Worked out once per analysis. Never throws.
 */
export function accessOverview(analysis: AccessAnalysis): AccessOverview {
  let overview = OVERVIEWS.get(analysis);
  if (!overview) OVERVIEWS.set(analysis, (overview = makeOverview(analysis)));
  return overview;
}

function makeOverview(analysis: AccessAnalysis): AccessOverview {
  const { completeness, snapshot } = analysis;
  const takeover = dangerousBindings(analysis, SHOWN_BINDINGS);
  const grants = massGrants(analysis);
  const accounts = defaultAccounts(analysis);
  const bindings = impactedBindings(analysis, takeover.impacts);
  const unread = (...resources: readonly string[]) => gapsOf(analysis, resources);
  return {
    sentence: takeoverSentence(takeover, completeness.gaps.length > 0),
    context: contextOf(takeover, bindings[0]),
    collectedAt: snapshot.collectedAt,
    completeness,
    takeover: {
      reaching: takeover.reaching.length,
      candidates: takeover.candidates,
      evaluated: takeover.evaluated,
      mostLeft: takeover.mostLeft,
      bindings,
      together: takeover.together,
      missing: [...completeness.gaps],
    },
    massGrants: {
      count: grants.length,
      grants: grants.slice(0, SHOWN_GRANTS),
      missing: unread("clusterrolebindings", "rolebindings", "clusterroles", "roles", "serviceaccounts"),
    },
    defaultAccounts: {
      count: accounts.length,
      accounts: accounts
        .map((id) => subjectRow(analysis, id))
        .sort(compareByRisk)
        .slice(0, SHOWN_ACCOUNTS),
      missing: unread("clusterrolebindings", "rolebindings", "clusterroles", "roles", "serviceaccounts"),
    },
    looseEnds: {
      ends: looseEnds(analysis),
      missing: unread("clusterrolebindings", "rolebindings", "clusterroles", "roles", "serviceaccounts"),
    },
    origins: { groups: roleOrigins(analysis), missing: unread("clusterroles", "roles") },
  };
}

function gapsOf({ completeness }: AccessAnalysis, resources: readonly string[]): GapView[] {
  return completeness.gaps.filter(({ resource }) => resources.includes(resource));
}

function takeoverSentence({ reaching, impacts, evaluated, candidates }: DangerousBindings, unread: boolean): string {
  const best = impacts[0]?.losing.length ?? 0;
  const asRead = unread ? ", as far as could be read" : "";
  if (reaching.length === 0)
    return unread
      ? "Not known: no way to cluster-admin was found, but not everything could be read"
      : "No known way leads to cluster-admin beyond Kubernetes' own components";
  const all = countOf(reaching.length, "subject");
  const reach = reaching.length === 1 ? "reaches" : "reach";
  const them = reaching.length === 1 ? "it" : "any of them";
  if (best === 0)
    return evaluated < candidates
      ? `${all} ${reach} cluster-admin; no binding that was tried stops ${them}`
      : `${all} ${reach} cluster-admin, and no single binding stops ${them}${asRead}`;
  if (best === 1 && reaching.length > 1)
    return `${all} ${reach} cluster-admin, and no binding stops more than one of them${asRead}`;
  if (reaching.length === 1) return `1 subject reaches cluster-admin, and one binding is behind every way${asRead}`;
  return `${all} ${reach} cluster-admin; removing one binding stops ${best === reaching.length ? "all of them" : formatCount(best)}${asRead}`;
}

function contextOf({ reaching }: DangerousBindings, first: DangerousBinding | undefined): string {
  if (reaching.length === 0) return "What is granted to everybody, and what refers to nothing, stands below.";
  if (!first)
    return "Every one of them has a second way, or one that no binding gives: look at the subjects one by one.";
  if (first.losing.count === 1 && reaching.length > 1)
    return "There is no change for many at once; the bindings behind the shortest ways come first.";
  return `Start with the ${formatObject(first.binding)}.`;
}

function impactedBindings({ model }: AccessAnalysis, impacts: readonly BindingImpact[]): DangerousBinding[] {
  return impacts.flatMap(({ binding: position, losing }): DangerousBinding[] => {
    const binding = model.bindings[position];
    if (!binding) return [];
    return [
      {
        binding: binding.ref,
        role: binding.roleRef,
        maker: makerOf(binding.object.metadata).label,
        subjectCount: binding.subjects.length,
        losing: {
          count: losing.length,
          subjects: losing
            .flatMap((id) => model.subjects[id] ?? [])
            .sort(compareSubjects)
            .slice(0, SHOWN_LOSING),
        },
      },
    ];
  });
}

/**
 * Accounts named `default` that a binding beyond Kubernetes' own names, alone or with all of their namespace. Every pod that names no account
 * runs as one.
 */
function defaultAccounts({ model }: AccessAnalysis): readonly number[] {
  const gives = (id: number | undefined) =>
    id !== undefined &&
    (model.bindingsOfSubject[id] ?? []).some((position) => {
      const binding = model.bindings[position];
      if (!binding || makerOf(binding.object.metadata) === KUBERNETES) return false;
      // A role that could not be read may give something.
      return binding.roleState === "unreadable" || (model.roles[binding.role]?.ruleIds.length ?? 0) > 0;
    });
  return [...model.subjects.entries()].flatMap(([id, { kind, namespace, name }]) =>
    kind === "ServiceAccount" &&
    name === "default" &&
    model.exists[id] === true &&
    (gives(id) || gives(model.findSubject("group", `system:serviceaccounts:${namespace}`)))
      ? [id]
      : [],
  );
}

/** The same lists, in the same order, as behind the filters of the views of bindings and roles. */
function looseEnds(analysis: AccessAnalysis): LooseEnd[] {
  const ofBindings = (problem: "missing-role" | "missing-subject" | "no-subjects"): LooseEnd => {
    const query = { problem, origin: "custom", pageSize: SHOWN_EXAMPLES };
    return looseEnd(problem, listBindings(analysis, bindingsQuerySchema.parse(query)));
  };
  const unbound = { use: "unbound", origin: "custom", pageSize: SHOWN_EXAMPLES };
  return [
    ofBindings("missing-role"),
    ofBindings("missing-subject"),
    ofBindings("no-subjects"),
    looseEnd("unbound-roles", listRoles(analysis, rolesQuerySchema.parse(unbound))),
  ];
}

function looseEnd(
  problem: LooseEnd["problem"],
  { items, total }: { readonly items: readonly Pick<Row, "ref" | "severity">[]; readonly total: number },
): LooseEnd {
  return { problem, count: total, severity: items[0]?.severity ?? null, examples: items.map(({ ref }) => ref) };
}

interface Row {
  readonly ref: LooseEnd["examples"][number];
  readonly severity: Severity | null;
}

/** Roles by who made them: your own first, then Kubernetes' own, then others by name. */
function roleOrigins(analysis: AccessAnalysis): RoleOrigin[] {
  const { model } = analysis;
  const severities = roleSeverities(analysis);
  const makers = model.roles.map(({ object }) => makerOf(object.metadata));
  const positions = Map.groupBy(model.roles.keys(), (position) => makers[position]?.id ?? YOURS.id);
  return [...positions]
    .map(([id, roles]): RoleOrigin => {
      const severity = roles.reduce<Severity | undefined>(
        (worst, role) => worstSeverity(worst, severities[role] ?? undefined),
        undefined,
      );
      return {
        id,
        label: makers[roles[0] ?? -1]?.label ?? YOURS.label,
        roles: roles.length,
        unbound: roles.filter((role) => (model.bindingsOfRole[role] ?? []).length === 0).length,
        severity: severity ?? null,
        worstRoles: severity === undefined ? 0 : roles.filter((role) => severities[role] === severity).length,
      };
    })
    .sort(
      (a, b) =>
        originRank(a) - originRank(b) ||
        rank(a.severity) - rank(b.severity) ||
        b.roles - a.roles ||
        compareText(a.label, b.label),
    );
}

function originRank({ id }: RoleOrigin): number {
  return id === YOURS.id ? 0 : id === KUBERNETES.id ? 2 : 1;
}

function rank(severity: Severity | null): number {
  return severity ? severityRank(severity) : 9;
}
