import { Callout } from "#components/ui/callout.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { SeverityMark, type SeverityLevel } from "#components/ui/severity-mark.tsx";
import { PanelSection } from "#components/ui/side-panel.tsx";
import { topicLabel } from "#components/ui/topic-label.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PreflightView } from "#lib/contracts/jobs.ts";

const ACCESS: Readonly<
  Record<PreflightView["topics"][number]["access"], { readonly level: SeverityLevel; readonly word: string }>
> = {
  full: { level: "pass", word: "everything" },
  limited: { level: "medium", word: "in part" },
  blind: { level: "unknown", word: "nothing" },
};

/** What the credential may read, and the role that would complete it. */
export function PreflightReport({ preflight }: { readonly preflight: PreflightView }) {
  const complete = preflight.topics.every((topic) => topic.access === "full");
  return (
    <div>
      <div className="mb-5">
        <Callout
          tone={complete ? "pass" : "medium"}
          live
          title={
            complete ? "It answers, and everything needed may be read" : "It answers, but not everything may be read"
          }
        >
          <VisibleText text={preflight.server} />
          {preflight.version !== null && (
            <>
              {", "}
              <VisibleText text={preflight.version} />
            </>
          )}
          {preflight.identity !== null && (
            <span className="block">
              as{" "}
              <span className="font-mono text-sm [overflow-wrap:anywhere]">
                <VisibleText text={preflight.identity} />
              </span>
            </span>
          )}
        </Callout>
      </div>
      <PanelSection title="What it may read">
        <ul className="divide-y divide-line rounded-r2 border border-line">
          {preflight.topics.map((topic) => (
            <li key={topic.topic} className="px-3 py-2">
              <div className="flex items-center justify-between gap-3">
                <span>{topicLabel(topic.topic)}</span>
                <SeverityMark level={ACCESS[topic.access].level} label={ACCESS[topic.access].word} />
              </div>
              {topic.missing.length > 0 && (
                <p className="mt-0.5 font-mono text-sm [overflow-wrap:anywhere] text-ink-3">
                  not: <VisibleText text={topic.missing.join(", ")} />
                </p>
              )}
            </li>
          ))}
        </ul>
      </PanelSection>
      {preflight.excess.length > 0 && (
        <PanelSection title="Rights it has and Kordon never needs">
          <ul className="list-disc pl-5 text-ink-2">
            {preflight.excess.map((right) => (
              <li key={right}>
                <VisibleText text={right} />
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
      <PanelSection title={complete ? "The role it needs" : "Apply this to complete it"}>
        <CodeBlock code={preflight.clusterRole} label="ClusterRole" />
      </PanelSection>
    </div>
  );
}
