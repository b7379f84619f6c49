import {
  isResourceRequest,
  type AccessDecision,
  type AccessGap,
  type AccessRequest,
  type ResourceRequest,
  type UserInfo,
} from "../../model/access.ts";
import { parseServiceAccountUsername } from "../../model/subject-name.ts";
import type { AccessModel } from "./compile-access.ts";
import { ALL_SERVICE_ACCOUNTS, ANONYMOUS, AUTHENTICATED, MASTERS, NODES, UNAUTHENTICATED } from "./identity.ts";
import { decideWithAuthorizers } from "./node-authorizer.ts";
import { isDnsLabel, isDnsSubdomain } from "./validate-written-object.ts";

/** Extra attributes of a user: each key once and decoded, in lower case as the server reads headers, with its values. */
export type Extra = readonly (readonly [key: string, values: readonly string[]])[];

/** Who impersonates. `extra` is what the authenticator gave; only the node of a bound token is looked at. */
export interface Impersonator extends UserInfo {
  readonly extra?: Extra;
}

/** What the headers `Impersonate-User`, `-Group`, `-Uid` and `-Extra-*` say; absent ones are "" or empty. */
export interface ImpersonationTarget {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: Extra;
}

/**
 * The ways to impersonate, in the order in which the API server tries them; `legacy` is the verb `impersonate`. `none`: the target is
 * empty, so the user asks in its own name.
 */
export type ImpersonationMode =
  "associated-node" | "arbitrary-node" | "serviceaccount" | "user-info" | "legacy" | "none";

export type ImpersonationDecision =
  | {
      readonly verdict: "allowed";
      readonly mode: ImpersonationMode;
      /** Who the request then comes from. */
      readonly as: UserInfo;
      readonly decision: Extract<AccessDecision, { readonly verdict: "allowed" }>;
    }
  /** `no-user`: only groups, uid or extra; `refused`: the impersonation, with what `legacy` asks first and lacks; `request`: the request itself. */
  | { readonly verdict: "denied"; readonly reason: "no-user" }
  | { readonly verdict: "denied"; readonly reason: "refused"; readonly lacking: ResourceRequest }
  | { readonly verdict: "denied"; readonly reason: "request"; readonly mode: ImpersonationMode; readonly as: UserInfo }
  /** `as` is known where only the request itself is not. */
  | {
      readonly verdict: "unknown";
      readonly reason: "gaps";
      readonly gaps: readonly AccessGap[];
      readonly as?: UserInfo;
    }
  /** Two modes succeed and give different groups: the answer depends on which one the server tries first. */
  | { readonly verdict: "unknown"; readonly reason: "mode-order"; readonly modes: readonly ImpersonationMode[] };

/** First minor version that impersonates in constrained ways without being told to (beta in 1.36, KEP-5284). */
const CONSTRAINED_SINCE_MINOR = 36;
/** The name of a token's node among the extra attributes of a service account. */
const NODE_NAME_KEY = "authentication.kubernetes.io/node-name";
const AUTHENTICATION = "authentication.k8s.io";
/** From so many groups or extra values on, one question about all of them (name `*`) is asked first. */
const MANY = 4;

/**
 * Decides a request that one user makes in the name of another: may they impersonate (user or service account, every group, uid
 * and every extra value, each on its own), and may the impersonated user do it.
 * Servers since 1.36 try the constrained modes first; these need `impersonate:MODE` on the identity in `authentication.k8s.io` and
 * `impersonate-on:MODE:VERB` on the request itself, and never give `system:masters`. Older ones, and clusters that turned the
 * feature off, know `impersonate` alone. The server remembers the mode in which a user last succeeded and tries it first; where
 * two modes succeed that give different groups (a node) and the request depends on them, the answer is `unknown`.
 * A user without groups gets what the server gives: fixed ones for a service account, `system:nodes` for a node in a constrained
 * mode, and `system:authenticated` unless an unauthenticated user is named.
 * Never throws.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function decideImpersonation(
  model: AccessModel,
  who: Impersonator,
  target: ImpersonationTarget,
  request: AccessRequest,
  { minor }: { readonly minor: number },
): ImpersonationDecision {
  if (target.user === "") {
    const isEmpty = target.groups.length === 0 && target.uid === "" && target.extra.length === 0;
    return isEmpty ? decideAs(model, who, request, "none") : { verdict: "denied", reason: "no-user" };
  }
  const tried = modesFor(who, target, minor).map((mode) => ({
    mode,
    outcome: tryMode(model, who, target, request, mode),
  }));
  const gaps = tried.flatMap(({ outcome }) => (outcome.verdict === "unknown" ? outcome.gaps : []));
  const [first, ...others] = tried
    .filter(({ outcome }) => outcome.verdict === "allowed")
    .map(({ mode }) => ({ mode, decision: decideAs(model, impersonatedUser(target, mode), request, mode) }));
  if (first) {
    const other = others.find(({ decision }) => decision.verdict !== first.decision.verdict);
    if (other) return { verdict: "unknown", reason: "mode-order", modes: [first.mode, other.mode] };
    // A mode that may or may not succeed matters only where the modes give different groups.
    return gaps.length > 0 && nodeNameOf(target.user) !== null
      ? { verdict: "unknown", reason: "gaps", gaps }
      : first.decision;
  }
  const lacking = tried.map(({ outcome }) => outcome).findLast((outcome) => outcome.verdict === "denied")?.lacking;
  if (gaps.length > 0 || !lacking) return { verdict: "unknown", reason: "gaps", gaps };
  return { verdict: "denied", reason: "refused", lacking };
}

function decideAs(
  model: AccessModel,
  as: UserInfo,
  request: AccessRequest,
  mode: ImpersonationMode,
): ImpersonationDecision {
  const decision = decideWithAuthorizers(model, as, request);
  if (decision.verdict === "allowed") return { verdict: "allowed", mode, as, decision };
  if (decision.verdict === "denied") return { verdict: "denied", reason: "request", mode, as };
  return { verdict: "unknown", reason: "gaps", gaps: decision.gaps, as };
}

/** The modes that a server of this version tries for this target; `legacy` is always one and the last. */
function modesFor(who: Impersonator, target: ImpersonationTarget, minor: number): readonly ImpersonationMode[] {
  if (minor < CONSTRAINED_SINCE_MINOR) return ["legacy"];
  const node = nodeNameOf(target.user);
  const isAccount = accountOf(target.user) !== null;
  if (node === null && !isAccount) return ["user-info", "legacy"];
  // Nodes and service accounts have fixed groups: nothing but the user name can be asked for.
  const onlyUser = target.groups.length === 0 && target.uid === "" && target.extra.length === 0;
  if (!onlyUser) return ["legacy"];
  if (isAccount) return ["serviceaccount", "legacy"];
  const [ownNode, ...more] = who.extra?.find(([key]) => key === NODE_NAME_KEY)?.[1] ?? [];
  const isAssociated = accountOf(who.user) !== null && more.length === 0 && ownNode === node;
  return [...(isAssociated ? (["associated-node"] as const) : []), "arbitrary-node", "legacy"];
}

type Outcome =
  | { readonly verdict: "allowed" }
  | { readonly verdict: "denied"; readonly lacking: ResourceRequest }
  | { readonly verdict: "unknown"; readonly gaps: readonly AccessGap[] };

const ALLOWED: Outcome = { verdict: "allowed" };

function tryMode(
  model: AccessModel,
  who: UserInfo,
  target: ImpersonationTarget,
  request: AccessRequest,
  mode: ImpersonationMode,
): Outcome {
  const outcomes: Outcome[] = [];
  const verb = mode === "legacy" ? "impersonate" : `impersonate:${mode}`;
  const identity = identityRequest(target.user, mode, verb);
  const ask = (question: ResourceRequest) => decide(model, who, question);
  if (mode !== "legacy") outcomes.push(askOn(model, who, request, mode, identity));
  outcomes.push(ask(identity));
  if (target.uid !== "") outcomes.push(ask(questionOf(AUTHENTICATION, verb, "uids", "", target.uid)));
  outcomes.push(askGroups(target.groups, mode, verb, ask), askExtra(target.extra, mode, verb, ask));
  return allOf(outcomes);
}

function identityRequest(user: string, mode: ImpersonationMode, verb: string): ResourceRequest {
  const group = mode === "legacy" ? "" : AUTHENTICATION;
  const account = accountOf(user);
  if (account) return { ...questionOf(group, verb, "serviceaccounts", "", account.name), namespace: account.namespace };
  const node = mode === "legacy" ? null : nodeNameOf(user);
  if (node !== null) return questionOf(group, verb, "nodes", "", mode === "associated-node" ? "*" : node);
  return questionOf(group, verb, "users", "", user);
}

/** `impersonate-on:MODE:VERB` on the request that is to be made. */
function askOn(
  model: AccessModel,
  who: UserInfo,
  request: AccessRequest,
  mode: ImpersonationMode,
  identity: ResourceRequest,
): Outcome {
  const verb = `impersonate-on:${mode}:${request.verb}`;
  if (isResourceRequest(request)) return decide(model, who, { ...request, verb });
  const decision = decideWithAuthorizers(model, who, { ...request, verb });
  return decision.verdict === "denied" ? { verdict: "denied", lacking: { ...identity, verb } } : decision;
}

function askGroups(
  groups: readonly string[],
  mode: ImpersonationMode,
  verb: string,
  ask: (question: ResourceRequest) => Outcome,
): Outcome {
  const about = (name: string) => questionOf(mode === "legacy" ? "" : AUTHENTICATION, verb, "groups", "", name);
  if (mode !== "legacy") {
    const never = groups.find((group) => group === "" || group === MASTERS);
    if (never !== undefined) return { verdict: "denied", lacking: about(never) };
    if (groups.length >= MANY && ask(about("*")).verdict === "allowed") return ALLOWED;
  }
  return allOf(groups.map((group) => ask(about(group))));
}

function askExtra(
  extra: Extra,
  mode: ImpersonationMode,
  verb: string,
  ask: (question: ResourceRequest) => Outcome,
): Outcome {
  const about = (key: string, name: string) => questionOf(AUTHENTICATION, verb, "userextras", key, name);
  if (mode !== "legacy") {
    const never = extra.find(([key, values]) => !isExtraKey(key) || values.length === 0 || values.includes(""));
    if (never) return { verdict: "denied", lacking: about(never[0], "") };
    const count = extra.reduce((sum, [, values]) => sum + values.length, 0);
    if (count >= MANY && ask(about("*", "*")).verdict === "allowed") return ALLOWED;
  }
  return allOf(extra.flatMap(([key, values]) => values.map((value) => ask(about(key, value)))));
}

/** Every part must be allowed; one refusal decides, whatever else is unknown. */
function allOf(outcomes: readonly Outcome[]): Outcome {
  const refused = outcomes.find((outcome) => outcome.verdict === "denied");
  if (refused) return refused;
  const gaps = outcomes.flatMap((outcome) => (outcome.verdict === "unknown" ? outcome.gaps : []));
  return gaps.length > 0 ? { verdict: "unknown", gaps } : ALLOWED;
}

function decide(model: AccessModel, who: UserInfo, request: ResourceRequest): Outcome {
  const decision = decideWithAuthorizers(model, who, request);
  return decision.verdict === "denied" ? { verdict: "denied", lacking: request } : decision;
}

function questionOf(
  apiGroup: string,
  verb: string,
  resource: string,
  subresource: string,
  name: string,
): ResourceRequest {
  return { verb, apiGroup, resource, subresource, namespace: "", name };
}

/** User and groups that the server gives the impersonated request. */
function impersonatedUser({ user, groups: named }: ImpersonationTarget, mode: ImpersonationMode): UserInfo {
  const account = accountOf(user);
  let groups = named;
  if (groups.length === 0 && account) groups = [ALL_SERVICE_ACCOUNTS, `${ALL_SERVICE_ACCOUNTS}:${account.namespace}`];
  if (mode !== "legacy" && nodeNameOf(user) !== null) groups = [NODES];
  const added = user === ANONYMOUS ? UNAUTHENTICATED : groups.includes(UNAUTHENTICATED) ? null : AUTHENTICATED;
  return { user, groups: added === null || groups.includes(added) ? groups : [...groups, added] };
}

/** Stricter than what RBAC compares: namespace and name must be possible ones, or it is an ordinary user. */
function accountOf(user: string): { readonly namespace: string; readonly name: string } | null {
  const account = parseServiceAccountUsername(user);
  return account && isDnsLabel(account.namespace) && isDnsSubdomain(account.name) ? account : null;
}

function nodeNameOf(user: string): string | null {
  const name = /^system:node:(.*)$/s.exec(user)?.[1] ?? "";
  return isDnsSubdomain(name) ? name : null;
}

const PATH_CHARACTERS = /^[a-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** `domain/path` in lower case. */
function isExtraKey(key: string): boolean {
  const slash = key.indexOf("/");
  return slash > 0 && isDnsSubdomain(key.slice(0, slash)) && PATH_CHARACTERS.test(key.slice(slash + 1));
}
