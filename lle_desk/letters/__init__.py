"""Letters: the words an administrator may reword, and the post that takes them away."""
