import { z } from "zod";

// In the browser zod would try to compile parsers with `new Function`, which our content policy refuses and reports.
// This must happen before the first schema is made, so every schema of this folder takes `z` from here.
if ("window" in globalThis) z.config({ jitless: true });

export { z };
