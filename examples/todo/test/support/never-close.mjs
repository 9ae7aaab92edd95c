// @ts-check
// Loaded before the service: its servers never say that they are closed.
import { Server } from 'node:http';

Server.prototype.close = function () {
  return this;
};
