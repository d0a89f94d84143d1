import { runScenario } from './scenario.mjs';

export default {
  async test(_, { API_URL, TOKEN, CLOSED_URL, SILENT_URL }) {
    console.log(JSON.stringify(await runScenario({ baseUrl: API_URL, token: TOKEN, closedUrl: CLOSED_URL, silentUrl: SILENT_URL })));
  },
};
