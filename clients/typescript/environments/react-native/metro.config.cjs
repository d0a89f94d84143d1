// As React Native's own: package exports, and its name as a condition.
const { join } = require('node:path');
const { getDefaultConfig, mergeConfig } = require('metro-config');

module.exports = (async () => mergeConfig(await getDefaultConfig(__dirname), {
  projectRoot: __dirname,
  watchFolders: [join(__dirname, '..')],
  maxWorkers: 1,
  reporter: { update() {} },
  resolver: { sourceExts: ['js', 'mjs', 'json'], unstable_enablePackageExports: true, unstable_conditionNames: ['react-native'], useWatchman: false },
  serializer: { getPolyfills: () => [] },
}))();
