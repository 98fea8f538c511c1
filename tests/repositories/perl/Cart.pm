package Shop::Cart;
#       ^ definition module
use strict;
#   ^ import strict
#   ^ reference read
use parent 'Shop::Base';
#   ^ import parent
#           ^ reference inherit
use Shop::Prices qw(round);
#   ^ import Shop::Prices
use constant LIMIT => 10;
#   ^ import constant
#            ^ definition constant

our $VERSION = '1.0';
#    ^ definition variable

sub new {
#   ^ definition function
    my ($class, $owner) = @_;
    #    ^ reference write
    my $self = bless {}, $class;
    #          ^ reference call
    return $self;
}

sub price {
#   ^ definition function
    my $self = shift;
    return round($self->total(LIMIT));
}

1;
