import { Callout } from "#components/ui/callout.tsx";
import { capabilityLevel, capabilityWord } from "#components/ui/capability-state.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { ProofChain } from "#components/ui/proof-chain.tsx";
import { scopeTitle } from "#components/ui/scope-text.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { CapabilityDetail } from "#lib/contracts/access.ts";
import type { Subject } from "#lib/model/access.ts";

export type CapabilityProofProps = {
  readonly clusterId: string;
  readonly capability: CapabilityDetail;
  readonly holder: Subject;
};

/** One way further with its proof: what it gives, which rights it needs and who gives them, and what stops it. */
export function CapabilityProof({ clusterId, capability, holder }: CapabilityProofProps) {
  const commands = capability.fix.split("\n").filter((line) => line.startsWith("kubectl "));
  const advice = capability.fix
    .split("\n")
    .filter((line) => !line.startsWith("kubectl "))
    .join(" ");
  return (
    <div className="min-w-0 self-start p-3.5 md:sticky md:top-12" aria-live="polite">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <SeverityMark level={capabilityLevel(capability)} label={capabilityWord(capability)} />
        <p className="min-w-0 flex-1 basis-64 text-md font-medium [overflow-wrap:anywhere]">
          <VisibleText text={capability.sentence} />
        </p>
      </div>
      {capability.reason !== null && (
        <div className="mb-3">
          <Callout
            tone="none"
            title={capability.state === "blocked" ? "Blocked, not active now" : "Latent, not active now"}
          >
            <VisibleText text={capability.reason} />
          </Callout>
        </div>
      )}
      <ProofChain
        label={`Proof: ${capability.sentence}`}
        hops={capability.chain.map(({ subject, tone, ...hop }) => ({
          ...hop,
          // The API server puts its own bindings back: to change one stops nothing.
          tone: tone === "cut" && capability.expected ? ("plain" as const) : tone,
          ...(subject === undefined ? {} : { href: `/clusters/${clusterId}/access/${encodeURIComponent(subject)}` }),
        }))}
      />
      <dl className="mt-4 grid grid-cols-1 gap-x-6 gap-y-4 lg:grid-cols-2">
        <div>
          <dt className="mb-1 text-sm font-medium text-ink-3">What it gives</dt>
          <dd className="text-ink-2">
            <VisibleText text={capability.gives} />
            <div className="mt-1 text-sm text-ink-3">
              Where: <VisibleText text={scopeTitle(capability.scope)} />
            </div>
          </dd>
        </div>
        <div>
          <dt className="mb-1 text-sm font-medium text-ink-3">What stops it</dt>
          <dd>
            {capability.expected ? (
              <p className="text-ink-2">
                Nothing has to: it is one of Kubernetes&apos; own defaults, which the API server puts back when it
                starts. Mind who can become the subject.
              </p>
            ) : (
              <>
                {advice !== "" && (
                  <p className="mb-2">
                    <VisibleText text={advice} />
                  </p>
                )}
                {commands.length > 0 && <CodeBlock code={commands.join("\n")} label="command" />}
              </>
            )}
          </dd>
        </div>
        <div className="lg:col-span-2">
          <dt className="mb-1 text-sm font-medium text-ink-3">What it needs, and who gives it</dt>
          <dd>
            <ol className="divide-y divide-line rounded-r2 border border-line">
              {capability.needs.map((need) => (
                <li key={need.request} className="flex flex-col gap-1 px-3 py-2">
                  <code className="font-mono text-[0.78125rem] font-medium [overflow-wrap:anywhere]">
                    <VisibleText text={need.request} breakable />
                  </code>
                  {need.grant ? (
                    <GrantLine clusterId={clusterId} grant={need.grant} holder={holder} />
                  ) : (
                    <SeverityMark level="unknown" label="not known whether it is granted" />
                  )}
                </li>
              ))}
            </ol>
          </dd>
        </div>
      </dl>
      <p className="mt-3 flex flex-wrap gap-x-3 text-sm text-ink-3">
        <span className="font-mono">{capability.id}</span>
        {capability.technique !== "" && <span>ATT&CK {capability.technique}</span>}
      </p>
    </div>
  );
}
