import { runScenario } from './scenario.mjs';

const setting = (name: string): string => Deno.env.get(name) ?? '';
const result = await runScenario({ baseUrl: setting('API_URL'), token: setting('TOKEN'), closedUrl: setting('CLOSED_URL'), silentUrl: setting('SILENT_URL') });
console.log(JSON.stringify(result));
