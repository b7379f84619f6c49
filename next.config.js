/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Pages show one user's view of sensitive data: nothing is cached, prerendered or optimised on the way.
  images: { unoptimized: true },
  devIndicators: false,
  // Type checking and linting run as their own steps (`npm run check`).
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["kysely", "pino"],
};

export default config;
