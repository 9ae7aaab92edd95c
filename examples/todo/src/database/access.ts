export { environmentAccess as access } from './environment-access';
