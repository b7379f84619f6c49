export { decodeLog } from "./decode.ts";
export { createUsageFold, type AuditUsage, type UserUsage } from "./fold-usage.ts";
export { createAuditLogReader, type LogFacts } from "./read-audit-log.ts";
