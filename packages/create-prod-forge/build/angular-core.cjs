/**
 * What the virtual tree of @angular-devkit/schematics uses of @angular-devkit/core. In the bundle this stands for its index, which
 * also loads a JSON schema validator and more, at a third of the start-up time.
 */
module.exports = {
  ...require('@angular-devkit/core/src/exception.js'),
  ...require('@angular-devkit/core/src/virtual-fs/path.js'),
  virtualFs: require('@angular-devkit/core/src/virtual-fs/host/index.js'),
};
