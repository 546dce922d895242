# What carriers, phones and PBXs are configured with.

output "sip_hosts" {
  description = "Host of each queue by environment and region."
  value = {
    for environment in keys(var.environments) : environment => {
      for key, queue in local.queues : basename(key) => module.queue[key].sip_hosts
      if dirname(key) == environment
    }
  }
}

output "sip_users" {
  description = "Who authenticates where: `<user>@<host>`, with the host of the region where the call enters."
  value = flatten([
    for key, queue in module.queue : [for user in queue.user_keys : "${user}@${queue.sip_hosts.eu}"]
  ])
}
