"""What a person keeps of the code reference: favourites in folders, private notes, history."""
