import { defineFeature } from 'create-prod-forge/feature';

const check = 'infra';
const area = 'Infrastructure';

export default defineFeature({
  title: 'Redis in AWS',
  summary: 'ElastiCache for the tasks of each environment',
  contribute: () => ({
    taskVariables: ['local.cache_variables'],
    awsRights: [
      {
        sid: 'Cache',
        service: 'elasticache',
        read: [
          'DescribeCacheClusters',
          'DescribeCacheParameterGroups',
          'DescribeCacheParameters',
          'DescribeCacheSubnetGroups',
          'DescribeReplicationGroups',
          'ListTagsForResource',
        ],
        write: [
          'AddTagsToResource',
          'CreateCacheParameterGroup',
          'CreateCacheSubnetGroup',
          'CreateReplicationGroup',
          'DecreaseReplicaCount',
          'DeleteCacheParameterGroup',
          'DeleteCacheSubnetGroup',
          'DeleteReplicationGroup',
          'IncreaseReplicaCount',
          'ModifyCacheParameterGroup',
          'ModifyCacheSubnetGroup',
          'ModifyReplicationGroup',
          'RemoveTagsFromResource',
          'ResetCacheParameterGroup',
        ],
        resources: ['cluster', 'parametergroup', 'replicationgroup', 'subnetgroup'].map(
          (type) => `${type}:\${local.short_names[environment]}*`,
        ),
        principal: 'elasticache.amazonaws.com',
      },
    ],
    requirements: [
      {
        id: 'A26',
        area,
        requirement:
          'The cache is encrypted, in private subnets, and reached by the tasks of the service alone',
        check,
        test: 'infra/modules/cache/tests/cache.tftest.hcl: is_encrypted_and_private',
      },
    ],
    adrs: [
      {
        slug: 'elasticache',
        title: 'Redis is a small ElastiCache of its own',
        decision:
          'Valkey in nodes without cluster mode, as redundant as the database; only the tasks reach it, by TLS.',
      },
    ],
    troubleshooting: [
      {
        error: 'WRONGPASS invalid username-password pair or user is disabled., from ElastiCache',
        cause:
          'The password of the cache was changed, and the secret was not, or no release has read it since.',
        remedy:
          'Write the URL with the new password into the secret, and release the same version again: ECS reads secrets when a task starts.',
      },
    ],
  }),
});
