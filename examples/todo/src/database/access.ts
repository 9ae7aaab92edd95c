export { rdsAccess as access } from '../rds/rds-access';
