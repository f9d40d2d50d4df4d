"""What the service is made of on AWS: CloudFormation fragments, and the tools that build and deploy them."""
