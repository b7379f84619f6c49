import { ArrowRight } from "lucide-react";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PanelSection, SidePanel } from "#components/ui/side-panel.tsx";
import { SubjectName, subjectHref } from "#components/ui/subject-name.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { WhoCanRow } from "./who-can-columns.tsx";

export type WhoCanPanelProps = {
  readonly clusterId: string;
  readonly row: WhoCanRow | null;
  readonly sentence: string;
  readonly onClose: () => void;
};

/** Every grant that lets one subject do what was asked. */
export function WhoCanPanel({ clusterId, row, sentence, onClose }: WhoCanPanelProps) {
  return (
    <SidePanel
      open={row !== null}
      onClose={onClose}
      kicker="Can, because of"
      title={row ? <SubjectName subject={row.subject} wrap /> : ""}
    >
      {row && (
        <>
          <PanelSection title="It is one of">
            <p className="text-ink-2">
              <VisibleText text={sentence} />
            </p>
          </PanelSection>
          <PanelSection
            title={row.grants.length === 1 ? "The grant" : `All ${row.grants.length} grants; each alone is enough`}
          >
            <ul className="divide-y divide-line rounded-r2 border border-line">
              {row.grants.map((grant, index) => (
                <li key={index} className="px-3 py-2.5">
                  <GrantLine clusterId={clusterId} grant={grant} holder={row.subject} />
                </li>
              ))}
            </ul>
          </PanelSection>
          <LinkButton href={subjectHref(clusterId, row.subject)} icon={<ArrowRight aria-hidden="true" />}>
            Everything about this subject
          </LinkButton>
        </>
      )}
    </SidePanel>
  );
}
