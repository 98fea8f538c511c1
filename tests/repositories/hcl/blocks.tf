resource "aws_instance" "shop" {
#                        ^ definition section of aws_instance
  provisioner "local-exec" {
    command = "true"
  }
  dynamic "disk" {
    for_each = var.disks
  }
}
