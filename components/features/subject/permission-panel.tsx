import { Callout } from "#components/ui/callout.tsx";
import { GrantLine } from "#components/ui/grant-line.tsx";
import { RiskMark } from "#components/ui/risk-mark.tsx";
import { scopeTitle } from "#components/ui/scope-text.ts";
import { PanelSection, SidePanel } from "#components/ui/side-panel.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PermissionRow } from "#lib/contracts/access.ts";
import type { Subject } from "#lib/model/access.ts";

export type PermissionPanelProps = {
  readonly clusterId: string;
  readonly row: PermissionRow | null;
  readonly holder: Subject;
  readonly onClose: () => void;
};

/** Why it may: every grant of one permission. */
export function PermissionPanel({ clusterId, row, holder, onClose }: PermissionPanelProps) {
  return (
    <SidePanel
      open={row !== null}
      onClose={onClose}
      kicker={row && <RiskMark severity={row.severity} />}
      title={
        row ? (
          <span className="font-mono text-base">
            <VisibleText text={`${row.verbs.join(", ")} ${row.resources.join(", ")}`} />
          </span>
        ) : (
          ""
        )
      }
    >
      {row && (
        <>
          {row.inert !== null && (
            <div className="mb-5">
              <Callout tone="info" title="This entry gives nothing">
                <VisibleText text={row.inert} />
              </Callout>
            </div>
          )}
          <PanelSection title="Where">
            <p>
              <VisibleText text={scopeTitle(row.scope)} />
            </p>
          </PanelSection>
          {row.resourceNames.length > 0 && (
            <PanelSection title="Only these objects">
              <p className="font-mono text-sm [overflow-wrap:anywhere]">
                <VisibleText text={row.resourceNames.join(", ")} />
              </p>
            </PanelSection>
          )}
          <PanelSection
            title={
              row.grants.length === 1 ? "Granted by" : `Granted by ${row.grants.length} rules; each alone is enough`
            }
          >
            <ul className="divide-y divide-line rounded-r2 border border-line">
              {row.grants.map((grant, index) => (
                <li key={index} className="px-3 py-2.5">
                  <GrantLine clusterId={clusterId} grant={grant} holder={holder} />
                </li>
              ))}
            </ul>
          </PanelSection>
        </>
      )}
    </SidePanel>
  );
}
