output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "IPv4 range of the network."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "Subnets of the load balancer, one per zone."
  value       = [for zone in keys(local.zones) : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Subnets of the tasks, one per zone."
  value       = [for zone in keys(local.zones) : aws_subnet.private[zone].id]

  # Tasks that start before the way out is there can't pull their image.
  depends_on = [aws_route.nat, aws_route_table_association.private, aws_vpc_endpoint.interface, aws_vpc_endpoint.s3]
}

output "database_subnet_ids" {
  description = "Subnets of the database, one per zone. They have no route out of the network."
  value       = [for zone in keys(local.zones) : aws_subnet.database[zone].id]
}
