// React Native's own fetch is this package. It needs only the globals that ../react-native.mjs has.
import 'whatwg-fetch';
import AbortController from 'abort-controller/dist/abort-controller';
import { runScenario } from '../scenario.mjs';

// React Native up to 0.86 has this AbortController, whose signals have no `reason`; later ones follow the standard.
globalThis.AbortController = AbortController;
globalThis.runScenario = runScenario;
