import packageJson from "../../package.json" with { type: "json" };

/** Version of Kordon, as in package.json. */
export const KORDON_VERSION: string = packageJson.version;
