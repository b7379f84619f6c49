import type { EdgeFacts, EdgeState, Gain, Holder } from "./edge.ts";

/** What an operator's controllers act on, and how they are known. */
export interface Operator {
  /** Name for people. */
  readonly product: string;
  readonly group: string;
  /** Resource that stands for the operator in discovery. */
  readonly resource: string;
  /** Repository paths of the images of the controllers that act. */
  readonly images: readonly string[];
  /** Part of the name of the account that acts, where several accounts run the same image. */
  readonly account?: string;
}

interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Accounts as which controllers of the operator run; where some bear the name of the one that acts, only those. */
export function controllersOf({ cluster }: EdgeFacts, { images, account }: Operator): readonly Account[] {
  const all = cluster.accountsRunning(images);
  const acting = account === undefined ? [] : all.filter(({ name }) => name.includes(account));
  return acting.length > 0 ? acting : all;
}

/** Whether it is the operator itself that holds the right: to act on its own resources is what its controllers are there for. */
export function isController(
  { cluster }: EdgeFacts,
  { images }: Pick<Operator, "images">,
  { account }: Holder,
): boolean {
  return (
    account !== null &&
    cluster
      .accountsRunning(images)
      .some(({ namespace, name }) => namespace === account.namespace && name === account.name)
  );
}

/** Latent where the API does not serve the resource, or no controller is seen that would act on it. */
export function operatorState(facts: EdgeFacts, operator: Operator): EdgeState {
  const { product, group, resource } = operator;
  if (facts.cluster.serves(group, resource) === false)
    return { state: "latent", reason: `the API does not serve ${resource}.${group}` };
  if (controllersOf(facts, operator).length > 0) return { state: "active" };
  const reason = facts.cluster.unread("", "pods", null)
    ? `whether a controller of ${product} runs could not be read`
    : `no controller of ${product} runs in the cluster`;
  return { state: "latent", reason };
}

/** Acting as these accounts, one gain for each namespace; none without any. */
export function actingAs(accounts: readonly Account[]): readonly Gain[] {
  return [...Map.groupBy(accounts, ({ namespace }) => namespace)].map(([namespace, own]) => ({
    type: "identities",
    namespace,
    names: own.map(({ name }) => name),
  }));
}

/** Last hop of the chain for edges that end at what the controllers may do. */
export function controllerTarget(
  facts: EdgeFacts,
  operator: Operator,
): { readonly label: string; readonly title: string; readonly detail: string } {
  const [first, ...others] = controllersOf(facts, operator);
  if (!first) return { label: "Acts as", title: operator.product, detail: "once a controller of it runs" };
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return { label: "Acts as", title: operator.product, detail: `${first.namespace}/${first.name}${more}` };
}
