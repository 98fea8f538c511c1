"""What people do with rlm-code, one file each, free of any front end."""
